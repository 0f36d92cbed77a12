"""Makes the desk's sounds, short tones of our own; run by hand."""

import wave
from pathlib import Path

import numpy as np

RATE = 22_050
TONES = {  # hertz and seconds, one after the other
    "read": ((1320, 0.07),),
    "admit": ((784, 0.11), (1175, 0.20)),
    "leave": ((988, 0.11), (740, 0.18)),
    "attention": ((660, 0.14), (0, 0.06), (660, 0.14)),
    "refuse": ((330, 0.22), (0, 0.05), (247, 0.34)),
}


def tone(hertz: float, seconds: float) -> np.ndarray:
    """One tone with a soft beginning and end."""
    at = np.arange(round(RATE * seconds)) / RATE
    swell = np.minimum(1, np.minimum(at, seconds - at) / 0.012)
    return 0.35 * swell * (np.sin(2 * np.pi * hertz * at) + 0.2 * np.sin(4 * np.pi * hertz * at))


def main() -> None:
    """Write one WAV file a sound beside this script."""
    for name, parts in TONES.items():
        samples = np.concatenate([tone(*part) for part in parts])
        with wave.open(str(Path(__file__).with_name(f"{name}.wav")), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((samples * 32_000).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
