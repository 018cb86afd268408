"""The page inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import escape


@dataclass(frozen=True, slots=True)
class Frame:
    """A page that Jupyter and its kin show in a frame of ``height`` pixels, kept apart from the notebook around it."""

    page: str = field(repr=False)
    height: int

    def _repr_html_(self) -> str:
        """Return the frame: the page may run its own script, but neither touch the notebook nor send anything."""
        allowed = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals"
        return (
            f'<iframe srcdoc="{escape(self.page)}" sandbox="{allowed}" title="koopgraph" '
            f'style="width: 100%; height: {int(self.height)}px; border: 1px solid #ddd; border-radius: 8px"></iframe>'
        )

    def __repr__(self) -> str:
        """Say where it can be seen."""
        return (
            f"Frame(height={self.height}): shown in a notebook; "
            "elsewhere write KnowledgeGraph.page() to a file and open that"
        )
