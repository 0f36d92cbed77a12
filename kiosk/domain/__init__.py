"""What is true at an entrance desk: no I/O, no clock, no third-party library."""
