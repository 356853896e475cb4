"""Markdown, highlighted code and charts as inert markup, for reports and exports alike."""
