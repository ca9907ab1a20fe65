#!/usr/bin/python3
"""links.py PAGE: every link and picture of the page leads to a file that is there, and every fragment to an id in it."""
import html.parser
import os
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids = [], set()
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src"):
                self.links.append(value)
            if name == "id":
                self.ids.add(value)


folder = os.path.dirname(sys.argv[1])
page = Page(sys.argv[1])
assert len(page.links) > 10
for link in page.links:
    url = urllib.parse.urlsplit(link)
    path = os.path.join(folder, urllib.parse.unquote(url.path))
    assert not url.scheme and os.path.isfile(path), link
    assert not url.fragment or url.fragment in Page(path).ids, link
