"""Entrance-desk kiosk: who comes in and goes out, by QR code."""
