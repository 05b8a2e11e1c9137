package plescope.parser;

/**
 * What the text gives away about the recording kernel. A header's {@code os release} is RECORDED knowledge; the bounds come
 * from spellings and orders that changed at known versions, and are INFERRED.
 *
 * @param release {@code os release} of a perf header, or null
 * @param atLeast oldest upstream version that prints this dialect, such as "5.10", or null where nothing was seen
 * @param before first upstream version that prints it otherwise, or null
 * @param fastpathIpiBeforeExit whether IPI events of the WRMSR fast path precede their kvm_exit (6.1) or follow it (6.12); null
 *     where the log has no IPI
 */
public record KernelHints(String release, String atLeast, String before, Boolean fastpathIpiBeforeExit) {}
