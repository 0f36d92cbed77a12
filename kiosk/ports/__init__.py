"""What the desk needs from outside, as Protocols, with the values and errors that cross them."""
