-- Read once, when PostgreSQL's volume is new: each service that keeps runs has a database of its own.
CREATE DATABASE planner;
CREATE DATABASE researcher;
