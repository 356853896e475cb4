"""Derive keys from evidence, or say why none can be derived."""

from lrquiz.verify.verification import verify_variant

__all__ = ["verify_variant"]
