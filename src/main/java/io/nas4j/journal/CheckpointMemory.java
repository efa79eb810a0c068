package io.nas4j.journal;

import io.nas4j.trial.Checkpoints.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** For a search without a journal: on the heap, and gone with it. */
final class CheckpointMemory implements CheckpointFolder {

    private final long limit;
    private final Map<Integer, byte[]> bytes = new ConcurrentHashMap<>();

    CheckpointMemory(long limit) {
        this.limit = limit;
    }

    @Override
    public long write(int trial, Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.write(out);
        bytes.put(trial, out.toByteArray());
        return out.size();
    }

    @Override
    public InputStream read(int trial) throws IOException {
        byte[] found = bytes.get(trial);
        if (found == null) {
            throw new IOException("none were kept");
        }
        return new ByteArrayInputStream(found);
    }

    @Override
    public void delete(int trial) {
        bytes.remove(trial);
    }

    @Override
    public Map<Integer, Long> found() {
        return Map.of();
    }

    @Override
    public long limit() {
        return limit;
    }
}
