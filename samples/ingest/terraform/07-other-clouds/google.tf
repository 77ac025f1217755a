resource "google_compute_network" "main" {
  name = "main"
}

resource "google_dns_managed_zone" "public" {
  name     = "corp-zone"
  dns_name = "google.corp.example."
}

resource "google_dns_record_set" "login" {
  managed_zone = google_dns_managed_zone.public.name
  name         = "login.${google_dns_managed_zone.public.dns_name}"
  type         = "A"
  ttl          = 300
  rrdatas      = ["192.0.2.30", google_compute_address.login.address]
}

resource "google_compute_address" "login" {
  name = "login"
}

resource "google_dns_managed_zone" "directory" {
  name       = "directory"
  dns_name   = "ad.corp.example."
  visibility = "private"
  private_visibility_config {
    networks {
      network_url = google_compute_network.main.id
    }
  }
  forwarding_config {
    target_name_servers {
      ipv4_address = "10.9.1.53"
    }
  }
}

resource "google_cloud_run_v2_service" "api" {
  name = "api"
  template {
    containers {
      env {
        name  = "API_ISSUER_URL"
        value = "https://corp.okta.com"
      }
    }
  }
}
