package plescope.analysis.cli;

/** What the process tells its caller. {@code analysis/README.md} lists them and a test compares. */
enum ExitCode {
    DONE(0, "done"),
    FOUND(1, "a gate or comparison found something"),
    USAGE(2, "the command line makes no sense"),
    BAD_INPUT(3, "an input cannot be used, or an output not written"),
    LOSS_LIMIT(4, "more of the input is damaged or lost than --max-loss allows"),
    BUG(70, "a fault in plescope itself"),
    /** 128 and the signal, as shells report it. */
    INTERRUPTED(130, "interrupted (SIGINT; SIGHUP gives 129, SIGTERM 143); unfinished files are removed"),
    OUTPUT_CLOSED(141, "whoever read the output has gone (SIGPIPE)");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
