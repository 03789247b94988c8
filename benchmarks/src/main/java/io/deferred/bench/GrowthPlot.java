// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Growth as a picture: a row for each question, time on the left and bytes on the right, both axes logarithmic; a flat line is a cost that does not grow. */
final class GrowthPlot {
    private static final int WIDTH = 1200;
    private static final int PANEL_HEIGHT = 400;
    private static final int FOOT = 28;
    private static final List<Color> COLORS = List.of(
            new Color(0xD62728),
            new Color(0x1F77B4),
            new Color(0x2CA02C),
            new Color(0x9467BD),
            new Color(0xFF7F0E),
            new Color(0x17BECF),
            new Color(0x8C564B),
            new Color(0x7F7F7F));

    private final Growth growth;

    GrowthPlot(Growth growth) {
        this.growth = growth;
    }

    /** Writes it as PNG. */
    void write(Path file) throws IOException {
        Growth.Question[] questions = Growth.Question.values();
        int height = questions.length * PANEL_HEIGHT + FOOT;
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
        int y = 0;
        for (Growth.Question question : questions) {
            panel(question, "ns", Figure::nanos)
                    .draw(graphics, new Rectangle2D.Double(0, y, WIDTH / 2.0, PANEL_HEIGHT));
            panel(question, "bytes", Figure::bytes)
                    .draw(graphics, new Rectangle2D.Double(WIDTH / 2.0, y, WIDTH / 2.0, PANEL_HEIGHT));
            y += PANEL_HEIGHT;
        }
        graphics.setColor(Color.DARK_GRAY);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.drawString(growth.environment().toString(), 12, height - 10);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private JFreeChart panel(Growth.Question question, String measure, ToDoubleFunction<Figure> value) {
        Map<Library, XYSeries> series = new EnumMap<>(Library.class);
        for (Growth.Point point : growth.points(question)) {
            point.figures().forEach((library, figure) -> {
                // Nothing at all has no place on a logarithmic axis.
                double shown = Math.max(0.1, value.applyAsDouble(figure));
                series.computeIfAbsent(library, l -> new XYSeries(l.toString())).add(point.size(), shown);
            });
        }
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        series.forEach((library, line) -> {
            int index = data.getSeriesCount();
            data.addSeries(line);
            renderer.setSeriesPaint(index, COLORS.get(growth.libraries().indexOf(library) % COLORS.size()));
            renderer.setSeriesStroke(index, new BasicStroke(library == Library.DEFERRED ? 3 : 1.5f));
        });
        LogAxis domain = axis("number of " + question.unit + "s", 10);
        XYPlot plot = new XYPlot(data, domain, axis(measure + " per " + question.unit, 2), renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(plot);
        chart.setTitle(new TextTitle(question.title, new Font(Font.SANS_SERIF, Font.BOLD, 14)));
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
    }

    /** With a mark at each power of the base. */
    private static LogAxis axis(String label, double base) {
        LogAxis axis = new LogAxis(label);
        axis.setBase(base);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setNumberFormatOverride(new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        return axis;
    }
}
