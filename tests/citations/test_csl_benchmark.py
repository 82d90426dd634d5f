"""A style costs little beside the page it is on."""

from __future__ import annotations

import csl_benchmark
import pytest


@pytest.mark.slow
def test_a_style_costs_little_beside_the_pages() -> None:
    cold, cached, pages = csl_benchmark.measured("chicago", 8)
    assert cold < 0.15 * pages
    assert cached < 0.01 * pages
