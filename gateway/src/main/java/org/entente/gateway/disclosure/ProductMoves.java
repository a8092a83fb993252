package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cheapest way to let a cell move, by trades between codes: in each dimension people either stay with one finest
 * code or are exchanged between two, and the product over all dimensions changes no sum that both belong to. Exact and in a
 * fixed order, so that the same table always gives the same answer.
 */
final class ProductMoves {

    private static final int MOST_LEAVES = 6;
    private static final long IMPOSSIBLE = Long.MAX_VALUE / 4;

    /** Codes with the sign of their change; the first is the code that is to grow. */
    private record Trade(int[] codes, byte[] signs) {}

    /** A trade and what it costs where the other dimensions stay. */
    private record Offer(Trade trade, long cost) {}

    private final Universe universe;
    private final Grid grid;
    private final Specification.Absent absent;
    private final int[][] leaves;
    private final int[][][] containing;
    private final BitSet withheld;
    private final int[] member;

    private final BitSet barred = new BitSet();
    private final long[] spent;
    private long step;
    private long best;
    private @Nullable Trade[] chosen = new Trade[0];
    private @Nullable Trade @Nullable [] bestTrades;

    ProductMoves(Universe universe, Specification.Absent absent, BitSet withheld) {
        this.universe = universe;
        this.grid = universe.grid();
        this.absent = absent;
        this.withheld = withheld;
        this.leaves = new int[grid.dimensionCount()][];
        this.containing = new int[grid.dimensionCount()][][];
        this.spent = new long[universe.cells()];
        this.member = new int[universe.cells()];
        Arrays.fill(member, -1);
        for (int i = grid.size() - 1; i >= 0; i--) {
            if (universe.merged(i) >= 0 && grid.code(i, 0) >= 0) {
                member[universe.merged(i)] = i;
            }
        }
        for (int d = 0; d < leaves.length; d++) {
            arrange(d);
        }
    }

    private void arrange(int d) {
        int codes = grid.codeCount(d);
        List<Ints> above = new ArrayList<>();
        boolean[] total = new boolean[codes];
        for (int c = 0; c < codes; c++) {
            above.add(new Ints());
        }
        for (Grid.CodeSum sum : grid.sums(d)) {
            if (sum.additivity().kind() != Additivity.Kind.NONE) {
                total[sum.total()] = true;
                for (int part : sum.parts()) {
                    above.get(part).add(sum.total());
                }
                if (sum.rest() >= 0) {
                    above.get(sum.rest()).add(sum.total());
                }
            }
        }
        Ints finest = new Ints();
        containing[d] = new int[codes][];
        for (int c = 0; c < codes; c++) {
            if (!total[c]) {
                finest.add(c);
            }
            BitSet reached = new BitSet();
            Ints queue = new Ints();
            queue.add(c);
            for (int q = 0; q < queue.size(); q++) {
                if (!reached.get(queue.get(q))) {
                    reached.set(queue.get(q));
                    Arrays.stream(above.get(queue.get(q)).toArray()).forEach(queue::add);
                }
            }
            containing[d][c] = grid.isParallel(d)
                    ? java.util.stream.IntStream.range(0, codes).toArray()
                    : reached.stream().toArray();
        }
        leaves[d] = finest.toArray();
    }

    /** A move: cells with their change. */
    record Move(int[] cells, long[] change) {}

    /**
     * The cheapest move that lets a cell grow (or shrink) by at least so much.
     *
     * @param wanted the change; negative to shrink
     * @param base counts before
     * @param known cells that must stay as they are
     * @return null if no product of trades does it
     */
    @Nullable
    Move find(int cell, long wanted, long[] base, int[] known) {
        return find(cell, wanted, base, known, IMPOSSIBLE);
    }

    /** As {@link #find}, of cells that are withheld already only. */
    @Nullable
    Move findFree(int cell, long wanted, long[] base, int[] known) {
        return find(cell, wanted, base, known, 1);
    }

    private @Nullable Move find(int cell, long wanted, long[] base, int[] known, long under) {
        if (member[cell] < 0) {
            return null;
        }
        for (int k : known) {
            barred.set(k);
        }
        java.util.TreeMap<Integer, Long> sum = new java.util.TreeMap<>();
        long left = Math.abs(wanted);
        long size = left;
        int sign = wanted < 0 ? -1 : 1;
        while (left > 0) {
            @Nullable Trade[] trades = cheapest(cell, size * sign, base, under);
            if (trades == null) {
                if (size == 1) {
                    break;
                }
                size = Math.min(size - 1, Math.max(1, size / 2));
                continue;
            }
            apply(trades, cell, size * sign, sum);
            left -= size;
            size = Math.min(size, Math.max(left, 1));
        }
        barred.clear();
        sum.keySet().forEach(c -> spent[c] = 0);
        if (left > 0) {
            return null;
        }
        sum.values().removeIf(change -> change == 0);
        return new Move(
                sum.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sum.values().stream().mapToLong(Long::longValue).toArray());
    }

    private void apply(@Nullable Trade[] trades, int cell, long size, java.util.Map<Integer, Long> sum) {
        java.util.Set<Integer> seen = new java.util.HashSet<>();
        each(trades, member[cell], (merged, sign) -> {
            if (seen.add(merged)) {
                sum.merge(merged, sign * size, Long::sum);
                spent[merged] += sign * size;
            }
            return true;
        });
    }

    private @Nullable Trade @Nullable [] cheapest(int cell, long size, long[] base, long under) {
        int at = member[cell];
        int width = grid.dimensionCount();
        step = size;
        best = under;
        bestTrades = null;
        chosen = new Trade[width];
        List<List<Offer>> offers = new ArrayList<>();
        Integer[] order = new Integer[width];
        for (int d = 0; d < width; d++) {
            offers.add(offers(d, at, base));
            order[d] = d;
        }
        Arrays.sort(order, (a, b) -> {
            int fewer = Integer.compare(offers.get(a).size(), offers.get(b).size());
            return fewer != 0 ? fewer : Integer.compare(a, b);
        });
        choose(0, order, offers, at, base);
        return bestTrades;
    }

    private void choose(int depth, Integer[] order, List<List<Offer>> offers, int at, long[] base) {
        if (best == 0) {
            return;
        }
        if (depth == order.length) {
            long cost = cost(chosen, at, base, best);
            if (cost < best) {
                best = cost;
                bestTrades = chosen.clone();
            }
            return;
        }
        int d = order[depth];
        for (Offer offer : offers.get(d)) {
            if (offer.cost() >= best) {
                break;
            }
            chosen[d] = offer.trade();
            if (depth == 0 || cost(chosen, at, base, best) < best) {
                choose(depth + 1, order, offers, at, base);
            }
        }
        chosen[d] = null;
    }

    private List<Offer> offers(int d, int at, long[] base) {
        int code = grid.code(at, d);
        List<Offer> offers = new ArrayList<>();
        Ints under = new Ints();
        Ints outside = new Ints();
        for (int leaf : leaves[d]) {
            (Arrays.binarySearch(containing[d][leaf], code) >= 0 ? under : outside).add(leaf);
        }
        for (int leaf : few(d, under, at, base)) {
            offer(offers, d, trade(d, code, leaf, -1), at, base);
            for (int o = 0; o < outside.size(); o++) {
                offer(offers, d, trade(d, code, leaf, outside.get(o)), at, base);
            }
        }
        offers.sort((a, b) -> Long.compare(a.cost(), b.cost()));
        return offers;
    }

    /** Of many finest codes under a total those that are cheapest to move. */
    private int[] few(int d, Ints under, int at, long[] base) {
        if (under.size() <= MOST_LEAVES) {
            return under.toArray();
        }
        List<long[]> priced = new ArrayList<>();
        for (int i = 0; i < under.size(); i++) {
            Trade[] only = new Trade[grid.dimensionCount()];
            only[d] = new Trade(new int[] {under.get(i)}, new byte[] {1});
            long cost = cost(only, at, base, best);
            if (cost < best) {
                priced.add(new long[] {cost, under.get(i)});
            }
        }
        priced.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        return priced.stream().limit(MOST_LEAVES).mapToInt(p -> (int) p[1]).toArray();
    }

    private void offer(List<Offer> offers, int d, Trade trade, int at, long[] base) {
        Trade[] only = new Trade[grid.dimensionCount()];
        only[d] = trade;
        long cost = cost(only, at, base, best);
        if (cost < best) {
            offers.add(new Offer(trade, cost));
        }
    }

    private Trade trade(int d, int code, int leaf, int other) {
        int[] up = containing[d][leaf];
        int[] down = other < 0 ? new int[0] : containing[d][other];
        Ints codes = new Ints();
        Ints signs = new Ints();
        codes.add(code);
        signs.add(1);
        for (int c : up) {
            if (c != code && Arrays.binarySearch(down, c) < 0) {
                codes.add(c);
                signs.add(1);
            }
        }
        for (int c : down) {
            if (Arrays.binarySearch(up, c) < 0) {
                codes.add(c);
                signs.add(-1);
            }
        }
        byte[] of = new byte[signs.size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = (byte) signs.get(i);
        }
        return new Trade(codes.toArray(), of);
    }

    /** Takes a cell of the product with its sign. */
    private interface Visit {
        /** Whether to go on. */
        boolean take(int merged, int sign);
    }

    private void each(@Nullable Trade[] trades, int at, Visit visit) {
        int[] place = new int[trades.length];
        int[] codes = new int[trades.length];
        while (true) {
            int sign = 1;
            for (int d = 0; d < codes.length; d++) {
                Trade trade = trades[d];
                codes[d] = trade == null ? grid.code(at, d) : trade.codes()[place[d]];
                sign *= trade == null ? 1 : trade.signs()[place[d]];
            }
            int cell = grid.cell(codes);
            boolean on = true;
            if (cell >= 0) {
                on = visit.take(universe.merged(cell), sign);
            } else if (absent == Specification.Absent.ZERO && !impliedCode(codes)) {
                on = visit.take(-1, sign);
            }
            if (!on) {
                return;
            }
            int d = codes.length - 1;
            while (d >= 0) {
                Trade trade = trades[d];
                if (trade != null && ++place[d] < trade.codes().length) {
                    break;
                }
                place[d--] = 0;
            }
            if (d < 0) {
                return;
            }
        }
    }

    private boolean impliedCode(int[] codes) {
        for (int d = 0; d < codes.length; d++) {
            for (Grid.CodeSum sum : grid.sums(d)) {
                if (sum.rest() == codes[d]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a product costs; once that is known to reach the limit, some number that does. */
    private long cost(@Nullable Trade[] trades, int at, long[] base, long limit) {
        long[] cost = {0};
        each(trades, at, (merged, sign) -> {
            if (merged < 0 || barred.get(merged) || universe.publicElsewhere(merged)) {
                cost[0] = IMPOSSIBLE;
            } else if (base[merged] + spent[merged] + sign * step < universe.floor(merged)) {
                cost[0] = IMPOSSIBLE;
            } else if (!withheld.get(merged)) {
                cost[0] += universe.cost(merged) + 1;
            }
            return cost[0] < limit;
        });
        return cost[0];
    }
}
