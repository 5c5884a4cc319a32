package io.sluice.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a gateway's process holds after a full collection. It has to run with {@link #OPTIONS}.
 *
 * @param heap        KiB in use on the heap
 * @param direct      KiB that Netty and the JVM hold in buffers outside of it
 * @param resident    KiB of the whole process, native libraries among them
 * @param descriptors open files and sockets
 */
record ProcessMemory(long heap, long direct, long resident, long descriptors) {

    /** The heap is resident as a whole from the start, so what resident memory grows by is outside of it. */
    static final String OPTIONS = "-XX:NativeMemoryTracking=summary -Xms96m -Xmx96m -XX:+AlwaysPreTouch";

    private static final Pattern USED = Pattern.compile("generation.* used (\\d+)K");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+)");

    static ProcessMemory of(Gateway gateway) throws IOException, InterruptedException {
        long pid = gateway.pid();
        Jcmd.of(pid, "GC.run");
        Jcmd.of(pid, "GC.run_finalization");
        Jcmd.of(pid, "GC.run");
        long descriptors;
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            descriptors = open.count();
        }
        return new ProcessMemory(sum(USED, Jcmd.of(pid, "GC.heap_info")), sum(OTHER, Jcmd.of(pid, "VM.native_memory", "summary")),
                sum(RESIDENT, Files.readString(Path.of("/proc", Long.toString(pid), "status"))), descriptors);
    }

    private static long sum(Pattern pattern, String text) {
        long sum = 0;
        for (Matcher matcher = pattern.matcher(text); matcher.find();) {
            sum += Long.parseLong(matcher.group(1));
        }
        return sum;
    }

    @Override
    public String toString() {
        return "heap " + heap + " KiB, buffers " + direct + " KiB, resident " + resident + " KiB, descriptors " + descriptors;
    }
}
