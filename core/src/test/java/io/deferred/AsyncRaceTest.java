// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies against those who fire, cancel and interrupt. */
@ExtendWith(QuietFailures.class)
@Tag("long")
class AsyncRaceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Each round starts a thread. */
    private static final long FEW = Math.max(1, ROUNDS / 4);

    private static Object end(Deferred<?> d) throws Exception {
        try {
            return d.get(LONG);
        } catch (CancelledException e) {
            return "cancelled";
        } finally {
            d.handle(f -> {});
        }
    }

    @Test
    void fireAgainstAwait() throws Exception {
        race(2, FEW, seed -> new RaceRound(seed) {
            final Deferred<String> inner = new Deferred<>();
            final int[] plain = new int[1];
            Deferred<Integer> outer;

            @Override
            void first() {
                plain[0] = 7;
                inner.callback("x");
            }

            @Override
            void second() {
                outer = Deferred.async(() -> {
                    inner.await();
                    return plain[0];
                });
            }

            @Override
            void check() throws Exception {
                assertThat(end(outer)).isEqualTo(7);
            }
        });
    }

    /** Of two awaits, one is cancelled, whenever the cancel comes: as long as the body has not had both results. */
    @Test
    void aCancelIsNotLostBetweenTwoAwaits() throws Exception {
        race(2, FEW, seed -> new RaceRound(seed) {
            final Deferred<String> first = new Deferred<>();
            final Deferred<String> never = new Deferred<>();
            final Deferred<Object> outer = Deferred.async(() -> {
                first.await();
                return never.await();
            });

            @Override
            void first() {
                first.callback("x");
            }

            @Override
            void second() {
                outer.cancel();
            }

            @Override
            void check() throws Exception {
                assertThat(end(outer)).isEqualTo("cancelled");
            }
        });
    }

    @Test
    void aCancelIsNotLostWhereTheAwaitedOneRunsLongCallbacks() throws Exception {
        race(2, FEW, seed -> new RaceRound(seed) {
            final Deferred<String> first = new Deferred<>();
            final Deferred<String> never = new Deferred<>();
            final Deferred<Object> outer;

            {
                int spins = random.nextInt(300);
                first.tap(x -> spin(spins));
                outer = Deferred.async(() -> {
                    first.await();
                    return never.await();
                });
                first.tap(x -> spin(spins));
            }

            @Override
            void first() {
                first.callback("x");
            }

            @Override
            void second() {
                outer.cancel();
            }

            @Override
            void check() throws Exception {
                assertThat(end(outer)).isEqualTo("cancelled");
            }
        });
    }

    @Test
    void twoCancelsAgainstTheEndOfABody() throws Exception {
        race(3, FEW, seed -> new RaceRound(seed) {
            final Deferred<String> inner = new Deferred<>();
            final Deferred<String> outer = Deferred.async(() -> {
                try {
                    return inner.await();
                } catch (CancelledException e) {
                    return "caught";
                }
            });

            @Override
            void first() {
                outer.cancel();
            }

            @Override
            void second() {
                outer.cancel();
            }

            @Override
            void third() {
                inner.cancel();
            }

            @Override
            void check() throws Exception {
                assertThat(end(outer)).isIn("caught", "cancelled");
            }
        });
    }

    @Test
    void anInterruptAgainstAFire() throws Exception {
        race(2, FEW, seed -> new RaceRound(seed) {
            final Deferred<Thread> started = new Deferred<>();
            final Deferred<String> inner = new Deferred<>();
            final Deferred<String> outer = Deferred.async(() -> {
                started.callback(Thread.currentThread());
                return inner.await();
            });

            @Override
            void first() {
                inner.callback("x");
            }

            @Override
            void second() {
                started.tap(Thread::interrupt);
            }

            @Override
            void check() throws Exception {
                assertThat(end(outer)).isIn("x", "cancelled");
            }
        });
    }
}
