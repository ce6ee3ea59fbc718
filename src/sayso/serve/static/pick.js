// A place that is typed may be picked on a map of borders instead: its point is put behind its name.
"use strict";

function load(tag, attributes) {
  return new Promise((done) => {
    const element = document.createElement(tag);
    element.addEventListener("load", done);
    Object.assign(element, attributes);
    document.head.append(element);
  });
}

async function draw(box, picked) {
  const [maplibre] = await Promise.all([
    import("/static/vendor/maplibre-gl.mjs"),
    load("script", { src: "/static/vendor/topojson-client.min.js" }),
    load("link", { rel: "stylesheet", href: "/static/vendor/maplibre-gl.css" }),
  ]);
  maplibre.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
  const atlas = await (await fetch("/borders.json")).json();
  const borders = topojson.mesh(atlas, atlas.objects.countries);
  const map = new maplibre.Map({
    container: box, center: [20, 25], zoom: 1, attributionControl: { customAttribution: "Natural Earth" },
    style: {
      version: 8,
      sources: { borders: { type: "geojson", data: borders } },
      layers: [{ id: "borders", type: "line", source: "borders", paint: { "line-color": "#777" } }],
    },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.on("click", ({ lngLat }) => picked(lngLat.wrap()));
  map.on("load", () => { box.dataset.drawn = "1"; });
}

for (const field of document.querySelectorAll('input[name="where"]')) {
  const dialog = document.createElement("dialog");
  dialog.className = "pick";
  dialog.setAttribute("aria-label", "Pick a point on the map");
  dialog.innerHTML = '<div class="map"></div><form method="dialog"><button>Close</button></form>';
  const open = document.createElement("button");
  open.type = "button";
  open.className = "plain";
  open.textContent = "on the map";
  open.addEventListener("click", () => {
    dialog.showModal();
    const box = dialog.querySelector(".map");
    if (box.childElementCount) return;
    draw(box, ({ lat, lng }) => {
      const name = field.value.split("@")[0].trim() || "point";
      field.value = `${name} @ ${lat.toFixed(3)},${lng.toFixed(3)}`;
      dialog.close();
      field.focus();
    });
  });
  field.after(open);
  document.body.append(dialog);
}
