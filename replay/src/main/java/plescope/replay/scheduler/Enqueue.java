package plescope.replay.scheduler;

/** Why a thread joins a queue: the {@code ENQUEUE_*} flags that change its placement. */
enum Enqueue {
    /** {@code ENQUEUE_INITIAL}: just created. */
    INITIAL,
    /** {@code ENQUEUE_WAKEUP}: it slept. */
    WAKEUP,
    /** Pulled from another pCPU while runnable. */
    MIGRATED
}
