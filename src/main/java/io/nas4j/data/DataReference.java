package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where another process finds the examples of this one, and how it knows that they are the same.
 *
 * @param file as {@link DataFile} writes it; empty for the embedded sample
 * @param name of the data
 * @param contentHash of the examples
 * @param splitHash of the split
 */
public record DataReference(
        Optional<Path> file, String name, String contentHash, String splitHash) {

    /**
     * The reference of some data: the embedded sample is in the library, {@linkplain Data#mapped
     * mapped} images stay in the file that they are in, all else is written once into a file.
     *
     * @param data images or rows
     * @param folder where the file is written, named by what it holds
     * @return what another process on this machine can read
     * @throws IOException when the file cannot be written
     */
    public static DataReference of(Data data, Path folder) throws IOException {
        DataReference sample = reference(Optional.empty(), Readers.fashionMnistSample());
        DataReference embedded = reference(Optional.empty(), data);
        if (embedded.equals(sample)) {
            return sample;
        }
        Path file =
                folder.resolve("data-" + embedded.contentHash + "-" + embedded.splitHash + ".bin");
        DataFile.write(data, file);
        return reference(Optional.of(file.toAbsolutePath()), data);
    }

    private static DataReference reference(Optional<Path> file, Data data) {
        return new DataReference(file, data.name(), data.contentHash(), data.split().contentHash());
    }

    /**
     * The examples. Mapped images, which may take minutes to read, are known to be the same by
     * their file's path, its length and when it was last changed.
     *
     * @return those that the reference was made of
     * @throws IllegalArgumentException when the file cannot be read, or holds others
     */
    public Data read() {
        Data data = file.map(DataFile::read).orElseGet(Readers::fashionMnistSample);
        String content = data.isMapped() ? contentHash : data.contentHash();
        String split = data.split().contentHash();
        require(
                content.equals(contentHash) && split.equals(splitHash),
                "data \"%s\" must have the content %s split as %s, but %s has %s and %s. Try"
                        + " starting the search again.",
                name,
                contentHash,
                splitHash,
                file.map(Path::toString).orElse("the embedded sample"),
                content,
                split);
        return data;
    }
}
