"""Read texts about the Prevent programme, and check every statistic that they state.

The modules follow the path of the data; each imports only from those before it:
errors → paths → vocabulary → records → schemas → tables → lexicon → decoding → webpages → formats → pubdates →
descriptions → catalogue → folders → sources → furniture → sentences → quotations → numerals → periods → candidates →
measures → statistics → events → findings → reading → explain → official → checks → corroborations → themes → figures
→ pages → build → cli.
"""
