"""One map drawn once, in marks, and from these as SVG, PDF and a page that holds everything."""
