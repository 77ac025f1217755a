# One provider, but nobody signs in there.
resource "aws_route53_zone" "campaign" {
  name = "campaign.example"
}
