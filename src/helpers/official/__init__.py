"""The official figures by release: figures, shares, sums and the soundness of the tables."""
