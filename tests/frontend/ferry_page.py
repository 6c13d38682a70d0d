"""A web page of which the research pages tell: hostile text with a table, long enough for several passages."""

FILLER = "\n\n".join(
    f"Paragraph {n} speaks of nothing in particular, at some length and without any haste." for n in range(60)
)
HOSTILE = (
    "# Larkmoor Ferries\n\nBefore 📈 the change, Larkmoor Ferries carried 512 thousand passengers in 2025.\n\n"
    "| Year | Passengers |\n| - | - |\n| 2024 | 480 |\n| 2025 | 512 |\n\n"
    '<script>document.title = "hacked"</script> <img src="https://evil.example/track.png"> '
    "![chart](https://evil.example/chart.png) [your bank](https://evil.example/login) [run](javascript:alert(1))\n\n"
    f"{FILLER}\n\n## Winter\n\nLarkmoor Ferries will lay up three of its boats for the winter season.\n"
)
LARKMOOR = "https://news.example/larkmoor"
