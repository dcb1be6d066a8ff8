// Shows notifications and brings their conversation to the front. It keeps nothing: what the client
// is made of comes under addresses that never change their content.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.url ?? "/"));
});

async function show(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!pages.length) return self.clients.openWindow(url);
  await pages[0].focus();
  pages[0].postMessage({ open: url });
}
