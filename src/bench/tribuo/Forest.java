import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.evaluation.RegressionEvaluator;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A random forest of Tribuo on rows that OwnDataBenchmark wrote: features, target, 1 for a test
 * row. As usual, each split looks at the root of the features of a classification, at a third of
 * those of a regression.
 *
 * <pre>java -cp (the pom's class path) Forest.java class digits.csv.1 500</pre>
 */
public final class Forest {

    private Forest() {}

    public static void main(String[] arguments) throws Exception {
        boolean classes = arguments[0].equals("class");
        List<String> lines = Files.readAllLines(Path.of(arguments[1]));
        int trees = Integer.parseInt(arguments[2]);
        int width = lines.get(0).split(",").length - 2;
        double score;
        if (classes) {
            float share = (float) (Math.sqrt(width) / width);
            MutableDataset<Label> train = read(lines, new LabelFactory(), false, true);
            var tree = new CARTClassificationTrainer(Integer.MAX_VALUE, share, 1L);
            var model = forest(tree, new VotingCombiner(), trees).train(train);
            score =
                    new LabelEvaluator()
                            .evaluate(model, read(lines, new LabelFactory(), true, true))
                            .accuracy();
        } else {
            MutableDataset<Regressor> train = read(lines, new RegressionFactory(), false, false);
            var tree =
                    new CARTRegressionTrainer(
                            Integer.MAX_VALUE, 5f, 0f, 1 / 3f, false, new MeanSquaredError(), 1L);
            var model = forest(tree, new AveragingCombiner(), trees).train(train);
            score =
                    new RegressionEvaluator()
                            .evaluate(model, read(lines, new RegressionFactory(), true, false))
                            .r2(new Regressor("y", Double.NaN));
        }
        System.out.printf(Locale.ROOT, "%s: %.4f%n", Path.of(arguments[1]).getFileName(), score);
    }

    private static <T extends Output<T>> RandomForestTrainer<T> forest(
            org.tribuo.common.tree.DecisionTreeTrainer<T> tree,
            EnsembleCombiner<T> combiner,
            int trees) {
        return new RandomForestTrainer<>(tree, combiner, trees, 1L);
    }

    private static <T extends Output<T>> MutableDataset<T> read(
            List<String> lines, OutputFactory<T> factory, boolean test, boolean classes) {
        MutableDataset<T> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        for (String line : lines) {
            String[] cells = line.split(",");
            if (cells[cells.length - 1].equals("1") != test) {
                continue;
            }
            int width = cells.length - 2;
            String[] names = new String[width];
            double[] values = new double[width];
            for (int i = 0; i < width; i++) {
                names[i] = "f" + i;
                values[i] = Double.parseDouble(cells[i]);
            }
            String target = cells[width];
            Example<T> example =
                    new ArrayExample<>(
                            factory.generateOutput(classes ? target : "y=" + target),
                            names,
                            values);
            data.add(example);
        }
        return data;
    }
}
