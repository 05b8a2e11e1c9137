-- What is stored with rows so that reports need no join, by the joins it saves.
UPDATE ipi SET receiver_state = coalesce((
    SELECT arg_max(i.state, i.start_ns) FROM vcpu_interval AS i
    WHERE i.run = ipi.run AND i.vcpu = ipi.receiver AND i.start_ns <= ipi.sent_ns), 'UNKNOWN');
UPDATE wait SET vcpu = e.vcpu, ple_exits = e.ple_exits, spin_ns = e.spin_ns
FROM spin_episode AS e WHERE e.run = wait.run AND e.episode = wait.episode;
UPDATE wait SET suspect = k.vcpu, residual_ns = k.residual_likely_ns
FROM wait_candidate AS k WHERE k.run = wait.run AND k.episode = wait.episode AND k.rank = 1;
UPDATE directed_yield SET spin_ns = e.spin_ns // greatest(e.ple_exits, 1)
FROM spin_episode AS e WHERE e.run = directed_yield.run AND e.episode = directed_yield.episode;
UPDATE directed_yield SET culprit = w.suspect
FROM wait AS w WHERE w.run = directed_yield.run AND w.episode = directed_yield.episode AND NOT w.ambiguous;
