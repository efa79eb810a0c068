package io.nas4j.model;

import static io.nas4j.space.Require.require;

import io.nas4j.json.Json;
import io.nas4j.json.ModelCard;
import io.nas4j.operation.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model as a folder of two files. */
final class ModelFolder {

    private static final String CARD = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String SIGNATURE = "weights sha256";
    private static final String PART = ".nas4j-part";
    private static final Set<String> KNOWN = Set.of(CARD, WEIGHTS);

    /** No card of a network that trains here is nearly as long. */
    private static final long LONGEST_CARD = 16L << 20;

    private ModelFolder() {}

    static void write(Path folder, NasModel model) throws IOException {
        Path home = folder.toAbsolutePath();
        if (Files.exists(home)) {
            require(Files.isDirectory(home), "\"%s\" must be a folder, but is a file.", folder);
            Set<String> inside = names(home);
            inside.removeAll(KNOWN);
            inside.removeIf(name -> name.endsWith(PART));
            require(
                    inside.isEmpty(),
                    "a model is written into a folder of its own, but \"%s\" holds %s. Try another"
                            + " folder.",
                    folder,
                    inside);
        }
        Files.createDirectories(home);
        // each file is whole before it takes its place; the weights first, since the card is last
        // to say that there is a model
        // not by createTempFile, whose files only their owner may read: who serves may be another
        String unique = UUID.randomUUID() + PART;
        Path weights = home.resolve(".weights-" + unique);
        Path card = home.resolve(".card-" + unique);
        try {
            Safetensors.write(weights, model.weights());
            ModelCard signed = signed(model.card(), digest(weights));
            Files.writeString(card, Json.write(signed) + "\n", StandardCharsets.UTF_8);
            move(weights, home.resolve(WEIGHTS));
            move(card, home.resolve(CARD));
        } finally {
            Files.deleteIfExists(weights);
            Files.deleteIfExists(card);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static NasModel read(Path folder, Operation... own) throws IOException {
        require(
                Files.isDirectory(folder),
                "\"%s\" must be the folder of a model, but there is none. Try its full path.",
                folder);
        for (String name : List.of(CARD, WEIGHTS)) {
            require(
                    Files.isRegularFile(folder.resolve(name)),
                    "the folder of a model holds %s and %s, but \"%s\" has no %s.",
                    CARD,
                    WEIGHTS,
                    folder,
                    name);
        }
        require(
                Files.size(folder.resolve(CARD)) <= LONGEST_CARD,
                "\"%s\" of \"%s\" is too long to be a model's.",
                CARD,
                folder);
        ModelCard card = Json.modelCard(text(folder), own);
        String signature = card.provenance().getOrDefault(SIGNATURE, "");
        require(
                signature.isEmpty() || signature.equals(digest(folder.resolve(WEIGHTS))),
                "%s of \"%s\" are not those that %s was written with: one of the two is damaged, or"
                        + " of another model. Try another copy of the folder.",
                WEIGHTS,
                folder,
                CARD);
        return new NasModel(card, Safetensors.read(folder.resolve(WEIGHTS)));
    }

    private static String text(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve(CARD), StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    CARD
                            + " of \""
                            + folder
                            + "\" is damaged: it is no text in UTF-8. Try another copy of the"
                            + " folder.",
                    e);
        }
    }

    private static ModelCard signed(ModelCard card, String digest) {
        Map<String, String> provenance = new TreeMap<>(card.provenance());
        provenance.put(SIGNATURE, digest);
        return new ModelCard(
                card.network(),
                card.channels(),
                card.height(),
                card.width(),
                card.images(),
                card.encoding(),
                card.answer(),
                card.scale(),
                card.offset(),
                provenance);
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
