"""Energy drawn: bars, heat map, legend, readout, table."""
