SELECT vcpu, vm, number, tid, comm FROM vcpu ORDER BY vcpu;
