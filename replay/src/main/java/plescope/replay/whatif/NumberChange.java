package plescope.replay.whatif;

/** A number of the host set to another value. */
record NumberChange(HostNumber number, long value) implements Change {
    @Override
    public Experiment apply(Experiment to) {
        return number.set(to, value);
    }

    @Override
    public String toString() {
        return number.label() + "=" + value;
    }
}
