"""What instruments are: class, region, sector and expenses, each fact with its date and source."""
