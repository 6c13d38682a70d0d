"""The names of lxml that the other modules use, imported in one place because lxml carries no types."""

from typing import TypeAlias

from lxml import etree, html  # type: ignore[import-untyped]  # has no types

Element: TypeAlias = html.HtmlElement
"""An element of an HTML tree."""
XmlElement: TypeAlias = etree._Element  # noqa: SLF001  lxml's documented type of XML elements has no public name
XPathError = etree.XPathError

__all__ = ["Element", "XPathError", "XmlElement", "etree", "html"]
