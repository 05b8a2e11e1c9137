JOIN spin_episode AS e ON e.run = t.run AND e.episode = t.episode
