"""How AWS's REST-JSON services speak: errors, bodies, headers. Knows no service."""
