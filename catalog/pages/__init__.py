"""What people read: views, what they show, badges, learn pages, feeds and kept pages."""
