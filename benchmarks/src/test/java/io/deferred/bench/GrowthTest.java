// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class GrowthTest {
    private static Growth example() {
        Environment environment = new Environment(
                Instant.EPOCH,
                "17",
                "somebody",
                List.of("-Xmx1g"),
                List.of("G1"),
                "a CPU",
                2,
                Map.of(Library.TRANE, "1"));
        List<Growth.Point> points = new ArrayList<>();
        for (Growth.Question question : Growth.Question.values()) {
            for (int size : question.sizes()) {
                points.add(new Growth.Point(
                        question,
                        size,
                        Map.of(
                                Library.DEFERRED, new Figure(5 + 5.0 / size, 6, 24, 100),
                                Library.VERTX, new Figure(20, 21, 0, 100))));
            }
        }
        return new Growth(environment, points);
    }

    @Test
    void sizesSpanFourDecades() {
        assertThat(Growth.Question.STAGES.sizes()).containsExactly(1, 3, 10, 30, 100, 300, 1000, 3000, 10_000);
        assertThat(Growth.Question.PENDING.sizes()).startsWith(100, 300).endsWith(300_000, 1_000_000);
    }

    @Test
    void jsonHasAllOfIt() {
        Growth growth = example();
        String json = JsonMapper.shared().writeValueAsString(growth);
        assertThat(JsonMapper.shared().readValue(json, Growth.class)).isEqualTo(growth);
    }

    @Test
    void theTableHasALineForEachPoint() {
        assertThat(example().toString()).contains("stages-10000", "members-1", "pending-1000000", "a CPU");
    }

    @Test
    void thePlotIsAPictureWithLinesInEachPanel(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("growth.png");
        new GrowthPlot(example()).write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 2; column++) {
                assertThat(pixels(image.getSubimage(column * 600, row * 400, 600, 400), 0xD62728))
                        .as("pixels in our color, row %d, column %d", row, column)
                        .isGreaterThan(500);
            }
        }
    }

    private static int pixels(BufferedImage image, int color) {
        int count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == color ? 1 : 0;
            }
        }
        return count;
    }
}
