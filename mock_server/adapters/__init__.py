"""One outside thing each: clocks, stores, people, backup files. They know ports, never the web."""
