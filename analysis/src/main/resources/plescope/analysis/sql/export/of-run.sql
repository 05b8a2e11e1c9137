t.run = {run}
