"""Derive keys from evidence, or say why none can be derived."""

from lrquiz.verify.verification import verify_item, verify_variant

__all__ = ["verify_item", "verify_variant"]
