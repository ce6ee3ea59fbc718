// The incidents as points on a map of borders, near ones together. Everything it shows comes from
// this desk, and all of it stands in the list below as well.
import * as maplibre from "/static/vendor/maplibre-gl.mjs";

const box = document.getElementById("map");
const style = getComputedStyle(document.documentElement);
const probe = document.createElement("span");
document.body.append(probe);
const colour = (name) => {
  probe.style.color = style.getPropertyValue(name);
  return getComputedStyle(probe).color;
};
const [paper, ink, soft, rule, wash, flag] = ["--paper", "--ink", "--soft", "--rule", "--wash", "--flag"].map(colour);
probe.remove();

maplibre.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");

// A name stands once, in the middle of the largest piece of its country.
function named({ properties, geometry }) {
  const pieces = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const boxes = pieces.map(([ring]) => {
    const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  });
  const size = ([west, south, east, north]) => (east - west) * (north - south);
  const [west, south, east, north] = boxes.reduce((a, b) => (size(b) > size(a) ? b : a));
  const middle = { type: "Point", coordinates: [(west + east) / 2, (south + north) / 2] };
  return { type: "Feature", properties, geometry: middle };
}

// The borders come joined over the 180th meridian, as on a globe. A line that steps over it goes on
// beyond it here, and a ring around the pole is closed along the map's edge.
function unwrapped(line) {
  let turn = 0;
  const on = line.map(([x, y], i) => {
    const step = i ? x - line[i - 1][0] : 0;
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [x + turn, y];
  });
  const closed = line[0].every((n, i) => n === line.at(-1)[i]);
  if (turn && closed) on.push([on.at(-1)[0], -90], [on[0][0], -90], on[0]);
  return on;
}

function flat(geometry) {
  const { type, coordinates } = geometry;
  const each = { LineString: unwrapped, MultiLineString: (lines) => lines.map(unwrapped),
    Polygon: (rings) => rings.map(unwrapped), MultiPolygon: (pieces) => pieces.map((rings) => rings.map(unwrapped)) };
  return { type, coordinates: each[type](coordinates) };
}

async function borders() {
  const atlas = await (await fetch("/borders.json")).json();
  const land = topojson.feature(atlas, atlas.objects.countries);
  for (const country of land.features) if (country.geometry) country.geometry = flat(country.geometry);
  return {
    sources: {
      land: { type: "geojson", data: land },
      names: { type: "geojson", data: { ...land, features: land.features.map(named) } },
      borders: { type: "geojson", data: flat(topojson.mesh(atlas, atlas.objects.countries)) },
    },
    layers: [
      { id: "land", type: "fill", source: "land", paint: { "fill-color": paper } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": rule, "line-width": 1 } },
      { id: "countries", type: "symbol", source: "names",
        layout: { "text-field": ["get", "name"], "text-size": 11, "text-max-width": 7 },
        paint: { "text-color": soft, "text-halo-color": paper, "text-halo-width": 1.5 } },
    ],
    attribution: "Natural Earth",
  };
}

// Tiles of pictures are shown as they are; of vectors the layers that all schemas name alike.
async function tiles(address) {
  const archive = new pmtiles.PMTiles(new URL(address, location.href).href);
  const protocol = new pmtiles.Protocol();
  protocol.add(archive);
  maplibre.addProtocol("pmtiles", protocol.tile);
  const [header, metadata] = [await archive.getHeader(), await archive.getMetadata()];
  const url = `pmtiles://${archive.source.getKey()}`;
  const attribution = String(metadata.attribution ?? "").replace(/<[^>]*>/g, "");
  if (header.tileType !== pmtiles.TileType.Mvt) {
    return {
      sources: { base: { type: "raster", url, tileSize: 256 } },
      layers: [{ id: "base", type: "raster", source: "base" }],
      attribution,
    };
  }
  const look = [
    [/earth|land$|countr/, "fill", { "fill-color": paper }],
    [/water|ocean/, "fill", { "fill-color": wash }],
    [/boundar|admin|border/, "line", { "line-color": rule, "line-width": 1.2 }],
    [/road|transport|street/, "line", { "line-color": rule, "line-width": 0.5 }],
  ];
  const named = (metadata.vector_layers ?? []).map((layer) => layer.id);
  const layers = look.flatMap(([pattern, type, paint]) => named
    .filter((name) => pattern.test(name))
    .map((name) => ({ id: `${type}-${name}`, type, source: "base", "source-layer": name, paint,
      ...(type === "fill" ? { filter: ["==", ["geometry-type"], "Polygon"] } : {}) })));
  return { sources: { base: { type: "vector", url } }, layers, attribution };
}

function popup(map, feature) {
  const { id, title, toll, day } = feature.properties;
  const link = Object.assign(document.createElement("a"), { href: `/incidents/${id}`, textContent: title });
  const text = Object.assign(document.createElement("p"), { textContent: [day, toll].filter(Boolean).join(": ") });
  const content = document.createElement("div");
  content.append(link, text);
  new maplibre.Popup({ focusAfterOpen: true }).setLngLat(feature.geometry.coordinates).setDOMContent(content).addTo(map);
}

// The largest towns of what is looked at, once that is small enough to tell them apart.
async function towns(map) {
  const source = map.getSource("towns");
  if (map.getZoom() < 4) {
    source.setData({ type: "FeatureCollection", features: [] });
    return;
  }
  const within = (x) => ((((x + 180) % 360) + 360) % 360) - 180;
  const bounds = map.getBounds();
  const edges = [within(bounds.getWest()), Math.max(-90, bounds.getSouth()), within(bounds.getEast()), Math.min(90, bounds.getNorth())];
  const answer = await fetch(`/towns.geojson?box=${edges.map((n) => n.toFixed(3)).join(",")}`);
  if (answer.ok) source.setData(await answer.json());
}

async function draw() {
  const [base, points] = await Promise.all([
    box.dataset.basemap ? tiles(box.dataset.basemap) : borders(),
    fetch(box.dataset.points).then((answer) => answer.json()),
  ]);
  const bounds = new maplibre.LngLatBounds();
  for (const { geometry } of points.features) bounds.extend(geometry.coordinates);
  const map = new maplibre.Map({
    container: box,
    attributionControl: false,
    ...(bounds.isEmpty() ? { center: [0, 20], zoom: 1 } : { bounds, fitBoundsOptions: { padding: 60, maxZoom: 5 } }),
    fadeDuration: 0,
    style: {
      version: 8,
      sources: {
        ...base.sources,
        towns: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
        incidents: { type: "geojson", data: points, cluster: true, clusterRadius: 36, clusterMaxZoom: 12 },
      },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": wash } },
        ...base.layers,
        { id: "town", type: "circle", source: "towns", paint: { "circle-radius": 2, "circle-color": soft } },
        { id: "towns", type: "symbol", source: "towns",
          layout: { "text-field": ["get", "name"], "text-size": 12, "text-anchor": "left", "text-offset": [0.4, 0], "symbol-sort-key": ["get", "rank"] },
          paint: { "text-color": ink, "text-halo-color": paper, "text-halo-width": 1.5 } },
        { id: "one", type: "circle", source: "incidents", filter: ["!", ["has", "point_count"]],
          paint: { "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "dead"]], 0, 5, 4, 10, 20, 24], "circle-color": flag, "circle-opacity": 0.85, "circle-stroke-width": 2, "circle-stroke-color": paper } },
        { id: "several", type: "circle", source: "incidents", filter: ["has", "point_count"],
          paint: { "circle-radius": ["step", ["get", "point_count"], 13, 10, 17, 100, 22], "circle-color": ink,
            "circle-stroke-width": 2, "circle-stroke-color": paper } },
        { id: "number", type: "symbol", source: "incidents", filter: ["has", "point_count"],
          layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 12, "text-allow-overlap": true },
          paint: { "text-color": paper } },
      ],
    },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.AttributionControl({ compact: false, customAttribution: base.attribution }));
  map.on("click", async ({ point }) => {
    const [found] = map.queryRenderedFeatures(point, { layers: ["one", "several"] });
    if (!found) return;
    if (found.layer.id === "one") {
      popup(map, found);
      return;
    }
    const zoom = await map.getSource("incidents").getClusterExpansionZoom(found.properties.cluster_id);
    map.easeTo({ center: found.geometry.coordinates, zoom: Math.min(zoom, 13) });
  });
  for (const layer of ["one", "several"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  if (!box.dataset.basemap) map.on("moveend", () => towns(map));
  map.once("idle", () => { box.dataset.drawn = points.features.length; });
}

draw().catch((error) => {
  box.replaceChildren(Object.assign(document.createElement("p"), { textContent: `The map cannot be drawn: ${error.message}. The list below says the same.` }));
  box.dataset.drawn = "failed";
});
