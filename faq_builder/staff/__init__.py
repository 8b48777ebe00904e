"""What people do beside building: start, import, lock, review, look into what was decided."""
