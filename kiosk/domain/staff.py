"""A member of staff, as a list of the office describes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works; an empty field was not said.

    Attributes:
        number: staff number, the office's own.
        unit: e.g. "Phòng Tiếp nhận hồ sơ".
        position: e.g. "Chuyên viên".
    """

    number: str = ""
    unit: str = ""
    position: str = ""

    def over(self, kept: "Post") -> "Post":
        """This post, with what `kept` says where nothing was said now."""
        return Post(
            self.number or kept.number, self.unit or kept.unit, self.position or kept.position
        )
