package org.entente.gateway.disclosure;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes of figures that leave every sum exactly as it is, kept to prove further figures without a search. A change may be made several
 * times over and the other way round; and what holds between two holders often holds between two others whose figures stand in the same
 * shared sums, so it is tried with these too. Nothing is taken on trust: every change is added up over all sums that it touches before
 * it counts.
 */
final class KnownMoves {
    /** Most changes kept for one figure, and for one place. */
    private static final int MOST = 4;

    /** With how many other holders a change is tried. */
    private static final int TRIES = 12;

    private final List<Inference.Figure> figures;
    private final List<Inference.Sum> sums;
    private final List<Ints> sumsOf;
    private final Map<Integer, List<Move>> byFigure = new HashMap<>();
    private final Map<List<Integer>, List<Move>> byPlace = new HashMap<>();
    private final Map<Integer, List<Integer>> places = new HashMap<>();
    private final Map<List<Integer>, Map<String, Integer>> atPlace = new HashMap<>();

    KnownMoves(List<Inference.Figure> figures, List<Inference.Sum> sums, List<Ints> sumsOf) {
        this.figures = figures;
        this.sums = sums;
        this.sumsOf = sumsOf;
    }

    /** Steps of figures, smallest whole numbers in their proportion, none of them 0. */
    private record Move(Map<Integer, Long> steps, Set<String> holders) {}

    /** The figures of a connected part, before any of them is judged. */
    void enter(int[] island) {
        for (int figure : island) {
            List<Integer> place = place(figure);
            places.put(figure, place);
            if (!place.isEmpty()) {
                // Two figures of one holder at one place cannot be told apart, so neither stands for anything.
                atPlace.computeIfAbsent(place, p -> new HashMap<>())
                        .merge(figures.get(figure).holder(), figure, (a, b) -> -1);
            }
        }
    }

    /** The sums with other holders in which a figure stands, each with its sign. */
    private List<Integer> place(int figure) {
        TreeSet<Integer> place = new TreeSet<>();
        Ints own = sumsOf.get(figure);
        for (int r = 0; r < own.size(); r++) {
            Inference.Sum sum = sums.get(own.get(r));
            String holder = figures.get(figure).holder();
            boolean shared = false;
            int sign = 0;
            for (int e = 0; e < sum.figures().length; e++) {
                shared |= !figures.get(sum.figures()[e]).holder().equals(holder);
                sign += sum.figures()[e] == figure ? sum.signs()[e] : 0;
            }
            if (shared) {
                place.add(2 * own.get(r) + (sign > 0 ? 0 : 1));
            }
        }
        return List.copyOf(place);
    }

    /** Keeps a change that a search has found. */
    void remember(int[] around, double[] moved) {
        BigInteger common = BigInteger.ZERO;
        for (double step : moved) {
            common = common.gcd(BigInteger.valueOf((long) step));
        }
        Map<Integer, Long> steps = new HashMap<>();
        for (int i = 0; i < around.length; i++) {
            if (moved[i] != 0) {
                steps.put(around[i], (long) moved[i] / common.longValueExact());
            }
        }
        if (leavesSums(steps)) {
            keep(steps);
        }
    }

    private Move keep(Map<Integer, Long> steps) {
        Set<String> holders = new LinkedHashSet<>();
        steps.keySet().forEach(figure -> holders.add(figures.get(figure).holder()));
        Move move = new Move(Collections.unmodifiableMap(steps), holders);
        for (int figure : steps.keySet()) {
            List<Move> own = byFigure.computeIfAbsent(figure, f -> new ArrayList<>());
            if (own.size() < MOST) {
                own.add(move);
            }
            List<Move> there = byPlace.computeIfAbsent(places.getOrDefault(figure, List.of()), p -> new ArrayList<>());
            if (holders.size() == 2 && there.size() < MOST) {
                there.add(move);
            }
        }
        return move;
    }

    private boolean leavesSums(Map<Integer, Long> steps) {
        Set<Integer> rows = new LinkedHashSet<>();
        for (int figure : steps.keySet()) {
            Arrays.stream(sumsOf.get(figure).toArray()).forEach(rows::add);
        }
        for (int row : rows) {
            Inference.Sum sum = sums.get(row);
            long change = 0;
            for (int e = 0; e < sum.figures().length; e++) {
                change += sum.signs()[e] * steps.getOrDefault(sum.figures()[e], 0L);
            }
            if (change != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Holders whose figures differ in another world in which this figure differs by as much as it must.
     *
     * @param insider whose figures stay as they are; empty for nobody
     * @param base every figure in the world as it is or is supposed to be
     * @return null if no change that is known shows such a world
     */
    @Nullable
    Set<String> world(int figure, String insider, double[] base) {
        for (Move move : byFigure.getOrDefault(figure, List.of())) {
            if (!move.holders().contains(insider) && reaches(move, figure, base)) {
                return new LinkedHashSet<>(move.holders());
            }
        }
        List<Integer> place = places.getOrDefault(figure, List.of());
        for (Move move : List.copyOf(byPlace.getOrDefault(place, List.of()))) {
            Move like = like(move, place, figure, insider, base);
            if (like != null) {
                return new LinkedHashSet<>(like.holders());
            }
        }
        return null;
    }

    /** The same between this figure's holder and somebody else than the insider. */
    private @Nullable Move like(Move move, List<Integer> place, int figure, String insider, double[] base) {
        for (int one : move.steps().keySet()) {
            if (place.equals(places.get(one))) {
                String from = figures.get(one).holder();
                int other = move.steps().keySet().stream()
                        .filter(f -> !figures.get(f).holder().equals(from))
                        .findFirst()
                        .orElseThrow();
                int tries = 0;
                for (String partner :
                        atPlace.getOrDefault(places.get(other), Map.of()).keySet()) {
                    if (tries++ >= TRIES) {
                        break;
                    }
                    String own = figures.get(figure).holder();
                    if (!partner.equals(own) && !partner.equals(insider)) {
                        Map<Integer, Long> steps = between(move, from, own, partner);
                        if (steps != null && leavesSums(steps)) {
                            Move found = new Move(steps, new LinkedHashSet<>(List.of(own, partner)));
                            if (reaches(found, figure, base)) {
                                return keep(steps);
                            }
                        }
                    }
                }
            }
        }
        return null;
    }

    /** The change with a holder's figures in place of those of {@code from} and a partner's in place of the other one's. */
    private @Nullable Map<Integer, Long> between(Move move, String from, String own, String partner) {
        Map<Integer, Long> steps = new HashMap<>();
        for (Map.Entry<Integer, Long> step : move.steps().entrySet()) {
            String holder = figures.get(step.getKey()).holder().equals(from) ? own : partner;
            int figure = atPlace.getOrDefault(places.getOrDefault(step.getKey(), List.of()), Map.of())
                    .getOrDefault(holder, -1);
            if (figure < 0 || steps.put(figure, step.getValue()) != null) {
                return null;
            }
        }
        return steps;
    }

    /** Whether the change, made often enough one way or the other, moves the figure far enough and none below nothing. */
    private boolean reaches(Move move, int figure, double[] base) {
        Long step = move.steps().get(figure);
        if (step == null) {
            return false;
        }
        double times = Math.ceil(figures.get(figure).need() / Math.abs(step));
        return notNegative(move, times, base) || notNegative(move, -times, base);
    }

    private static boolean notNegative(Move move, double times, double[] base) {
        return move.steps().entrySet().stream().allMatch(one -> base[one.getKey()] + times * one.getValue() >= 0);
    }
}
