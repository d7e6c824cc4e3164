// Adds the reporter's place, if the browser knows it and the reporter wants it.
const place = document.querySelector(".place");
const said = document.getElementById("located");
const field = (name) => document.querySelector(`[name="${name}"]`);

if ("geolocation" in navigator) {
  place.hidden = false;
  document.getElementById("locate").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field("lat").value = coords.latitude.toFixed(5);
        field("long").value = coords.longitude.toFixed(5);
        said.textContent = said.dataset.yes;
      },
      () => { said.textContent = said.dataset.no; },
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
}
