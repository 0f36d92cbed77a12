"""The window: what people see and press, and every sentence they read."""
