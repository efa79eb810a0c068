package io.nas4j.bench;

import io.nas4j.fuzz.Target;
import io.nas4j.fuzz.Targets;
import java.io.IOException;
import java.nio.file.Files;

/** The input of a finding of {@link FuzzReport}, and what it leads to. */
public final class FuzzInput {

    private FuzzInput() {}

    /**
     * Prints it.
     *
     * @param args a reader's name, the input's number, the seed
     * @throws IOException when no file can be written
     */
    public static void main(String[] args) throws IOException {
        for (Target target : new Targets(Files.createTempDirectory("fuzz")).all()) {
            if (target.name().equals(args[0])) {
                byte[] input = target.input(Long.parseLong(args[1]), Long.parseLong(args[2]));
                System.out.write(input);
                System.out.println();
                try {
                    target.reader().read(input);
                } catch (Throwable thrown) {
                    thrown.printStackTrace();
                }
            }
        }
    }
}
