"""The printed handbook: features and evidence in, HTML and PDF out.

Sources (``features``, ``evidence``, ``translation``, the pack and its texts) become one pure model
(``model``, ``assembly``); gates look at it; ``html``, ``pdf`` and ``cards`` write it down.
"""
