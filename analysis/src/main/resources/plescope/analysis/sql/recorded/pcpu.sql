SELECT count(*) FROM pcpu;
