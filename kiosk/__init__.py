"""Entrance-desk kiosk: who comes in and goes out, by QR code."""

__version__ = "0.1.0"
