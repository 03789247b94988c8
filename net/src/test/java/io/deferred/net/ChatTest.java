// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import io.deferred.DeferredSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chat server of the guide. */
class ChatTest {
    private static final int CLIENTS = Integer.getInteger("chat.clients", 5_000);
    private static final int ROOM = 10;
    private static final String SAY_NAME = "Say name@room first, with a name that is not taken there.";

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private static final class Client extends LineReceiver {
        final DeferredQueue<String> heard = new DeferredQueue<>();

        @Override
        protected void lineReceived(Connection connection, String line) {
            heard.put(line);
        }
    }

    @SuppressWarnings("unchecked") // as the program says
    private Port open() throws Exception {
        Supplier<Protocol> chat = (Supplier<Protocol>)
                GuidePrograms.compiled("ChatServer").getDeclaredConstructor().newInstance();
        return loop.get(
                loop.reactor().listen(Endpoint.local(0), TcpOptions.defaults().withMaxConnections(CLIENTS), chat));
    }

    private Deferred<Connection> connect(Port port, Protocol client) {
        return loop.reactor().connect(Endpoint.local(port.number()), client);
    }

    @Test
    void whoIsInARoomHearsWhatIsSaidThere() throws Exception {
        Port port = open();
        Client ann = new Client();
        Client bob = new Client();
        Connection anns = loop.get(connect(port, ann));
        anns.writeLine("hello?");
        assertThat(loop.get(ann.heard.get())).isEqualTo(SAY_NAME);
        anns.writeLine("ann@kitchen");
        assertThat(loop.get(ann.heard.get())).isEqualTo("* ann comes in");
        Connection bobs = loop.get(connect(port, bob));
        bobs.writeLine("ann@kitchen");
        assertThat(loop.get(bob.heard.get())).isEqualTo(SAY_NAME);
        bobs.writeLine("bob@kitchen");
        assertThat(loop.get(ann.heard.get())).isEqualTo("* bob comes in");
        assertThat(loop.get(bob.heard.get())).isEqualTo("* bob comes in");
        bobs.writeLine("is there tea?");
        assertThat(loop.get(ann.heard.get())).isEqualTo("bob: is there tea?");
        loop.get(bobs.close());
        assertThat(loop.get(ann.heard.get())).isEqualTo("* bob leaves");
        loop.get(anns.close());
        loop.get(port.stopListening());
    }

    /** One client's stay: it connects, comes in, says something, hears that, and leaves. */
    private Deferred<Void> visit(Port port, int number) {
        Client client = new Client();
        String name = "c" + number;
        return connect(port, client).chainCallback(connection -> {
            connection.writeLine(name + "@room" + number / ROOM);
            connection.writeLine("hello from " + name);
            return hear(client, name + ": hello from " + name).chainCallback(heard -> connection.close());
        });
    }

    private static Deferred<Void> hear(Client client, String wanted) {
        return Deferred.loop(() -> client.heard
                .get()
                .addCallback(line -> line.equals(wanted) ? io.deferred.Turn.stop(null) : io.deferred.Turn.again()));
    }

    @Test
    @Tag("slow")
    void thousandsOfClientsComeTalkAndLeaveAndNothingIsLeft() throws Exception {
        Port port = open();
        // All stay until all are there: as many connections at the same time as there are clients.
        List<Connection> staying = new ArrayList<>();
        DeferredSemaphore connecting = new DeferredSemaphore(200);
        List<Deferred<Connection>> arriving = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client();
            clients.add(client);
            arriving.add(connecting.<Connection>run(() -> connect(port, client)));
        }
        staying.addAll(Deferred.gatherResults(arriving).get(Duration.ofMinutes(5)));
        loop.awaitThat(() -> port.connections() == CLIENTS);
        List<Deferred<Void>> talks = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String name = "c" + i;
            staying.get(i).writeLine(name + "@room" + i / ROOM);
            staying.get(i).writeLine("hello from " + name);
            talks.add(hear(clients.get(i), name + ": hello from " + name));
        }
        Deferred.gatherResults(talks).get(Duration.ofMinutes(5));
        for (int i = 0; i < CLIENTS; i++) {
            if (i % 2 == 0) {
                staying.get(i).close();
            } else {
                staying.get(i).abort();
            }
        }
        loop.awaitThat(() -> port.connections() == 0);
        loop.get(port.stopListening());
    }

    @Test
    void clientsComeAndGoWhileOthersTalk() throws Exception {
        Port port = open();
        List<Deferred<Void>> visits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            visits.add(visit(port, i));
        }
        loop.get(Deferred.gatherResults(visits));
        loop.awaitThat(() -> port.connections() == 0);
        loop.get(port.stopListening());
    }
}
