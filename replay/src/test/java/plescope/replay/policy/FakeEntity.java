package plescope.replay.policy;

/** An entity with the numbers it is told to have, on the root of a run queue unless it has a parent. */
final class FakeEntity implements EntityView {
    int queue;
    int queuedThreads = 2;
    boolean current;
    boolean queued = true;
    boolean eligible = true;
    boolean protectionEnded;
    long deadline;
    long sliceNs = 2_800_000;
    long queueVruntime;
    long lagLimit = Long.MAX_VALUE;
    FakeEntity parent;

    /** How far the queue's mean moves when this entity moves by 1000: 1000 * weight / queue weight. */
    long meanFollowsPermille;

    private long vruntime;
    private final long weight;

    FakeEntity(long vruntime, long weight) {
        this.vruntime = vruntime;
        this.weight = weight;
    }

    @Override
    public EntityView parentEntity() {
        return parent;
    }

    @Override
    public boolean sharesQueueWith(EntityView other) {
        return queue == ((FakeEntity) other).queue;
    }

    @Override
    public boolean current() {
        return current;
    }

    @Override
    public boolean queued() {
        return queued;
    }

    @Override
    public int queuedThreads() {
        return queuedThreads;
    }

    @Override
    public long vruntime() {
        return vruntime;
    }

    @Override
    public void setVruntime(long vruntime) {
        this.vruntime = vruntime;
    }

    @Override
    public void shiftTo(long newVruntime) {
        deadline += newVruntime - vruntime;
        queueVruntime += (newVruntime - vruntime) * meanFollowsPermille / 1000;
        vruntime = newVruntime;
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public void setDeadline(long deadline) {
        this.deadline = deadline;
    }

    @Override
    public long sliceNs() {
        return sliceNs;
    }

    @Override
    public long queueVruntime() {
        return queueVruntime;
    }

    @Override
    public boolean eligible() {
        return eligible;
    }

    @Override
    public long lagLimit() {
        return lagLimit;
    }

    @Override
    public void endProtection() {
        protectionEnded = true;
    }

    @Override
    public long toVirtual(long realNs) {
        return realNs * 1024 / weight;
    }

    @Override
    public void exchangeWith(EntityView other) {
        FakeEntity with = (FakeEntity) other;
        long place = vruntime;
        long request = deadline;
        vruntime = with.vruntime;
        deadline = with.deadline;
        with.vruntime = place;
        with.deadline = request;
    }
}
