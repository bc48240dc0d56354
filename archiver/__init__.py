"""archiver: web evidence that survives attack."""

__version__ = "0.1.0"
