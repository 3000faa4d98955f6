"""Facts about the platform, each stated once, with its unit and its source."""
