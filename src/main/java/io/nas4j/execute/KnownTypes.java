package io.nas4j.execute;

import io.nas4j.controller.RnnController;
import io.nas4j.curve.Extrapolated;
import io.nas4j.estimate.NasBench201;
import io.nas4j.estimate.NasBenchGraph;
import io.nas4j.estimate.SmallBench;
import io.nas4j.estimate.Tabular;
import io.nas4j.gradient.Darts;
import io.nas4j.gradient.DrNas;
import io.nas4j.gradient.Gdas;
import io.nas4j.gradient.PcDarts;
import io.nas4j.hardware.Latency;
import io.nas4j.hardware.Measured;
import io.nas4j.hardware.NetworkSize;
import io.nas4j.hardware.Weighted;
import io.nas4j.json.Vocabulary;
import io.nas4j.oneshot.Enas;
import io.nas4j.oneshot.OneShot;
import io.nas4j.oneshot.RandomSharing;
import io.nas4j.oneshot.SharedWeights;
import io.nas4j.predictor.Predicted;
import io.nas4j.proxy.RankedProxies;
import io.nas4j.proxy.ZeroCost;
import io.nas4j.screen.Screened;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bananas;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Bohb;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.GridSearch;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.Nsga2;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Reinforce;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.Tpe;
import io.nas4j.train.Inherited;
import io.nas4j.train.TrainingEstimator;
import java.util.List;

/** The estimators and strategies of nas4j that have a text form: {@link io.nas4j.json.Json}. */
public final class KnownTypes {

    private static final List<Class<?>> ESTIMATORS =
            List.of(
                    TrainingEstimator.class,
                    Inherited.class,
                    ZeroCost.class,
                    RankedProxies.class,
                    Predicted.class,
                    Extrapolated.class,
                    Measured.class,
                    Weighted.class,
                    SharedWeights.class,
                    Tabular.class,
                    SmallBench.class,
                    NasBench201.class,
                    NasBenchGraph.class);

    private static final List<Class<?>> STRATEGIES =
            List.of(
                    RandomSearch.class,
                    GridSearch.class,
                    LocalSearch.class,
                    Evolution.class,
                    Nsga2.class,
                    Reinforce.class,
                    RnnController.class,
                    Tpe.class,
                    Bayesian.class,
                    Bananas.class,
                    Hyperband.class,
                    Asha.class,
                    Bohb.class,
                    Repeated.class,
                    Screened.class,
                    Darts.class,
                    PcDarts.class,
                    Gdas.class,
                    DrNas.class,
                    OneShot.class,
                    Enas.class,
                    RandomSharing.class);

    private KnownTypes() {}

    /**
     * The types that a text may name.
     *
     * @return with nas4j's sizes and clock, which are code, as constants
     */
    public static Vocabulary vocabulary() {
        return Vocabulary.of(ESTIMATORS)
                .with(STRATEGIES)
                .constant("parameters", NetworkSize.PARAMETERS)
                .constant("multiply-adds", NetworkSize.MULTIPLY_ADDS)
                .constant("clock", new Latency().clock());
    }
}
