SELECT source, producer, coalesce(kernel_release, ''), first_timestamp_ns, span_ns FROM trace;
